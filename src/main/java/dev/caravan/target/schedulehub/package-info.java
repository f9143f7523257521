/** ScheduleHub as a target: what is to be sent, how it is written, and what its answers say. */
@NullMarked
package dev.caravan.target.schedulehub;

import org.jspecify.annotations.NullMarked;
