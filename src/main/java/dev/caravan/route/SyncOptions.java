package dev.caravan.route;

import java.time.Duration;

/**
 * How runs are started.
 *
 * @param full whether everything is listed, whatever the cursor says
 * @param trigger schedule or cli
 * @param lockWait how long a lock that another process holds is waited for
 */
public record SyncOptions(boolean full, String trigger, Duration lockWait) {}
