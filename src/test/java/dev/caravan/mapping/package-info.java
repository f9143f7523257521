/** Chains of transformations and rules. */
@NullMarked
package dev.caravan.mapping;

import org.jspecify.annotations.NullMarked;
