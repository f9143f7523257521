/** Tests of what differs between databases. */
@NullMarked
package dev.caravan.target.sql.dialect;

import org.jspecify.annotations.NullMarked;
