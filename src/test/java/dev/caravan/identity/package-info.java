/** Hashes and references. */
@NullMarked
package dev.caravan.identity;

import org.jspecify.annotations.NullMarked;
