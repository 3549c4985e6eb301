import { patch } from "@web/core/utils/patch";
import { fieldVisualFeedback } from "@web/views/fields/field";
import { FormLabel } from "@web/views/form/form_label";

// The label of a mandatory field knows it, so that forms can show it in words too.
patch(FormLabel.prototype, {
    get isDealerRequired() {
        const { fieldInfo, record, fieldName } = this.props;
        const { required, readonly } = fieldVisualFeedback(
            fieldInfo.field,
            record,
            fieldName,
            fieldInfo
        );
        return required && !readonly;
    },

    get className() {
        return this.isDealerRequired
            ? `${super.className} o_dealer_required`
            : super.className;
    },
});
