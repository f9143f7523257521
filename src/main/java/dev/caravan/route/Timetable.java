package dev.caravan.route;

/** Whether an entity whose schedule says so may be synced now. Safe for several threads. */
public final class Timetable {
    private final Reruns reruns;

    Timetable(Reruns reruns) {
        this.reruns = reruns;
    }

    /** Asked by the route of each entity before it begins a run. */
    public boolean isDue(String entity) {
        return reruns.isDue(entity);
    }
}
