/** What every source shares: waiting, statuses, bodies. */
@NullMarked
package dev.caravan.source;

import org.jspecify.annotations.NullMarked;
