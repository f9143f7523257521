package dev.caravan.route;

/** What is asked of another system over HTTP. */
interface RemoteRequest {
    /** The system's type, which names the routes: {@code apismith}. */
    String source();

    /** Whose connector. */
    String connector();

    /** Uid of the run; empty outside of one. */
    String run();

    /** Whether it asks for the next page of a run, whichever that is by then. */
    boolean isNextPage();
}
