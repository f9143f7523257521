package dev.caravan.sandbox;

/** A request that gets an error answer: its status and what the body's {@code detail} says. */
final class Refused extends RuntimeException {
    private final int status;
    private final String detail;

    Refused(int status, String detail) {
        super(status + " " + detail);
        this.status = status;
        this.detail = detail;
    }

    int status() {
        return status;
    }

    String detail() {
        return detail;
    }
}
