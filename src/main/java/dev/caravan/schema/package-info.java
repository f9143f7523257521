/** Columns and types of remote systems, their names made safe, and what changed between two layouts. */
@NullMarked
package dev.caravan.schema;

import org.jspecify.annotations.NullMarked;
