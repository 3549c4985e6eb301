import { registry } from "@web/core/registry";
import { ListRenderer } from "@web/views/list/list_renderer";
import { listView } from "@web/views/list/list_view";

// The foot of the sheet counts ticks too, as the paper does.
export class DealerRegisterRenderer extends ListRenderer {
    computeAggregates() {
        const aggregates = super.computeAggregates();
        const { selection, isGrouped, records } = this.props.list;
        if (isGrouped && !selection.length) {
            return aggregates;
        }
        const rows = selection.length ? selection : records;
        for (const column of this.columns) {
            const isCounted = column.type === "field" && column.attrs.sum;
            if (isCounted && this.fields[column.name].type === "boolean") {
                const count = rows.filter((row) => row.data[column.name]).length;
                aggregates[column.name] = {
                    help: column.attrs.sum,
                    value: String(count),
                    rawValue: count,
                };
            }
        }
        return aggregates;
    }

    getFirstAggregateIndex(group) {
        return group
            ? super.getFirstAggregateIndex(group)
            : this.columns.findIndex((column) => column.name in this.aggregates);
    }

    getLastAggregateIndex(group) {
        return group
            ? super.getLastAggregateIndex(group)
            : this.columns.findLastIndex((column) => column.name in this.aggregates);
    }
}

registry.category("views").add("dealer_register_list", {
    ...listView,
    Renderer: DealerRegisterRenderer,
});
