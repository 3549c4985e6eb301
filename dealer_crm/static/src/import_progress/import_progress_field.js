import { useEffect } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import {
    ProgressBarField,
    progressBarField,
} from "@web/views/fields/progress_bar/progress_bar_field";

const PERIOD = 3000;

/**
 * A progress bar that moves while the work goes on in the background: the record is
 * read anew every few seconds as long as its state is "importing".
 */
export class ImportProgressField extends ProgressBarField {
    setup() {
        super.setup();
        useEffect(
            (running) => {
                if (!running) {
                    return;
                }
                const timer = browser.setInterval(() => this.refresh(), PERIOD);
                return () => browser.clearInterval(timer);
            },
            () => [this.props.record.data.state === "importing"]
        );
    }

    async refresh() {
        if (!(await this.props.record.isDirty())) {
            await this.props.record.load();
        }
    }
}

registry.category("fields").add("dealer_import_progress", {
    ...progressBarField,
    component: ImportProgressField,
});
