/** From the source's fields to the target's columns: renaming, transformations, defaults, rules. */
@NullMarked
package dev.caravan.mapping;

import org.jspecify.annotations.NullMarked;
