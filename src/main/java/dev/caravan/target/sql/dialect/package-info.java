/** What differs between the SQL databases that are written to. */
@NullMarked
package dev.caravan.target.sql.dialect;

import org.jspecify.annotations.NullMarked;
