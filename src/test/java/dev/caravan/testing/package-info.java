/** What several tests need: databases of their own, a clock that is set by hand. */
@NullMarked
package dev.caravan.testing;

import org.jspecify.annotations.NullMarked;
