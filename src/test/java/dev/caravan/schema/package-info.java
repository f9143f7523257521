/** Tests of names and of the comparison of schemas. */
@NullMarked
package dev.caravan.schema;

import org.jspecify.annotations.NullMarked;
