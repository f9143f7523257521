/** How rows are written to a SQL database: tables made and altered, rows compared, batches, deletions. */
@NullMarked
package dev.caravan.target.sql;

import org.jspecify.annotations.NullMarked;
