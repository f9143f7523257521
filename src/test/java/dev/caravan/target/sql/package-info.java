/** Tests of how rows are written, on both databases. */
@NullMarked
package dev.caravan.target.sql;

import org.jspecify.annotations.NullMarked;
