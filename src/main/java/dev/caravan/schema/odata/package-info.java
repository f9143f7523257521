/** What an OData 4 service says of itself, and Dataverse of its tables: types, keys, links, as values. */
@NullMarked
package dev.caravan.schema.odata;

import org.jspecify.annotations.NullMarked;
