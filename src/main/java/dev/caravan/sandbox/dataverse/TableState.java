package dev.caravan.sandbox.dataverse;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** How a table stands to the one who asks. Thread-safe. */
final class TableState {
    private final Set<String> secured = ConcurrentHashMap.newKeySet();
    private final Set<String> unreadable = ConcurrentHashMap.newKeySet();
    private volatile boolean denied;
    private volatile boolean opaqueCookies;
    private volatile boolean trackingDenied;
    private volatile boolean hidden;
    private volatile boolean orderRefused;
    private volatile int largestPage = 5000;

    boolean denied() {
        return denied;
    }

    void deny(boolean on) {
        denied = on;
    }

    boolean opaqueCookies() {
        return opaqueCookies;
    }

    void makeCookiesOpaque(boolean on) {
        opaqueCookies = on;
    }

    boolean trackingDenied() {
        return trackingDenied;
    }

    void denyTracking(boolean on) {
        trackingDenied = on;
    }

    boolean hidden() {
        return hidden;
    }

    void hide(boolean on) {
        hidden = on;
    }

    boolean orderRefused() {
        return orderRefused;
    }

    void refuseOrder(boolean on) {
        orderRefused = on;
    }

    int largestPage() {
        return largestPage;
    }

    void setLargestPage(int rows) {
        largestPage = rows;
    }

    /** Those for which somebody has said who may read them. */
    Set<String> secured() {
        return secured;
    }

    boolean isUnreadable(String column) {
        return !unreadable.isEmpty() && unreadable.contains(column);
    }

    void secure(String column, boolean on) {
        secured.add(column);
        if (on) {
            unreadable.add(column);
        } else {
            unreadable.remove(column);
        }
    }
}
