import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { Component, useExternalListener, useState } from "@odoo/owl";

const TYPING = ["INPUT", "TEXTAREA", "SELECT"];
const TEN_DELAY = 800;

/**
 * The questions of a callback, each answered by one key: a digit gives the value
 * and moves on, N is "not asked", arrows and Tab move, Ctrl+Enter saves and goes on.
 */
export class QuestionnaireField extends Component {
    static template = "dealer_aftersales.QuestionnaireField";
    static props = { ...standardFieldProps, findingField: { type: String, optional: true } };

    setup() {
        this.state = useState({ current: 0 });
        this.lastOne = { index: -1, time: 0 };
        useExternalListener(window, "keydown", this.onKeydown.bind(this));
    }

    get questions() {
        return this.props.record.data[this.props.name] || [];
    }

    get answeredCount() {
        return this.questions.filter((question) => this.isAnswered(question)).length;
    }

    isAnswered(question) {
        return ![null, undefined, false, ""].includes(question.value);
    }

    scale(question) {
        const length = question.max - question.min + 1;
        return Array.from({ length }, (_, index) => question.min + index);
    }

    buttonClass(question, value) {
        if (question.value !== value) {
            return "btn-outline-secondary";
        }
        if (!question.measure || question.measure === "nps") {
            return "btn-primary";
        }
        return value >= question.satisfied_from ? "btn-success" : "btn-danger";
    }

    async setValue(index, value) {
        if (this.props.readonly) {
            return;
        }
        const answers = this.questions.map((question, position) =>
            position === index ? { ...question, value } : { ...question }
        );
        const changes = { [this.props.name]: answers };
        if (this.props.findingField) {
            changes[this.props.findingField] = answers.some((answer) => this.isBad(answer));
        }
        await this.props.record.update(changes);
    }

    /** Below the limit of its question: the card asks for the cause at once. */
    isBad(question) {
        return (
            ["overall", "part"].includes(question.measure) &&
            this.isAnswered(question) &&
            question.value < question.satisfied_from
        );
    }

    choose(index, value) {
        this.setValue(index, value);
        this.state.current = Math.min(index + 1, this.questions.length - 1);
    }

    onKeydown(ev) {
        if (ev.ctrlKey && ev.key === "Enter") {
            const button = document.querySelector(".o_dealer_save_next:not(:disabled)");
            if (button) {
                ev.preventDefault();
                document.activeElement?.blur();
                button.click();
            }
            return;
        }
        const isTyping = TYPING.includes(ev.target.tagName) || ev.target.isContentEditable;
        const isModified = ev.ctrlKey || ev.altKey || ev.metaKey;
        if (isTyping || isModified || this.props.readonly || !this.questions.length) {
            return;
        }
        if (document.querySelector(".modal.show, .o_dialog")) {
            return;
        }
        this.onCardKey(ev);
    }

    onCardKey(ev) {
        const index = this.state.current;
        const question = this.questions[index];
        if (ev.key === "Tab") {
            // From the last question on, Tab goes where it goes on every page.
            const target = index + (ev.shiftKey ? -1 : 1);
            if (target < 0 || target >= this.questions.length) {
                return;
            }
            document.activeElement?.blur();
            this.state.current = target;
        } else if (ev.key === "ArrowDown") {
            this.state.current = Math.min(index + 1, this.questions.length - 1);
        } else if (ev.key === "ArrowUp") {
            this.state.current = Math.max(index - 1, 0);
        } else if (ev.key.toLowerCase() === "n") {
            this.choose(index, null);
        } else if (/^[0-9]$/.test(ev.key) && question.type === "scale") {
            this.onDigit(Number(ev.key), index, ev.timeStamp);
        } else {
            return;
        }
        ev.preventDefault();
    }

    /** On a scale that goes to ten, 1 followed at once by 0 means ten. */
    onDigit(digit, index, time) {
        const before = this.questions[this.lastOne.index];
        const isTen =
            digit === 0 && before && before.max === 10 && time - this.lastOne.time < TEN_DELAY;
        if (isTen) {
            this.setValue(this.lastOne.index, 10);
            this.lastOne = { index: -1, time: 0 };
            return;
        }
        const question = this.questions[index];
        if (digit < question.min || digit > question.max) {
            return;
        }
        this.lastOne = digit === 1 ? { index, time } : { index: -1, time: 0 };
        this.choose(index, digit);
    }
}

export const questionnaireField = {
    component: QuestionnaireField,
    displayName: _t("Questionnaire"),
    supportedTypes: ["json"],
    extractProps: ({ options }) => ({ findingField: options.finding_field }),
};

registry.category("fields").add("dealer_questionnaire", questionnaireField);
