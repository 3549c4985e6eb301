import { onMounted, onWillUnmount } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";

/**
 * Calls `load` every `period` milliseconds while the page is seen, and at once when
 * it is seen again: a screen that nobody looks at asks nothing.
 */
export function useRefresh(load, period) {
    let timer = null;
    const stop = () => browser.clearInterval(timer);
    const start = () => {
        stop();
        timer = browser.setInterval(load, period);
    };
    const onVisibility = () => {
        if (document.hidden) {
            stop();
        } else {
            load();
            start();
        }
    };
    onMounted(() => {
        start();
        document.addEventListener("visibilitychange", onVisibility);
    });
    onWillUnmount(() => {
        stop();
        document.removeEventListener("visibilitychange", onVisibility);
    });
}
