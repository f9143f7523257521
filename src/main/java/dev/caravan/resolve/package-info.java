/** Which rows wait for which parents: pure functions. */
@NullMarked
package dev.caravan.resolve;

import org.jspecify.annotations.NullMarked;
