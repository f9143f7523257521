/** What comparisons come to. */
@NullMarked
package dev.caravan.delta;

import org.jspecify.annotations.NullMarked;
