/** Tests of reading, typing and comparing OData schemas. */
@NullMarked
package dev.caravan.schema.odata;

import org.jspecify.annotations.NullMarked;
