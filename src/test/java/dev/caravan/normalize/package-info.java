/** How values are read, form by form. */
@NullMarked
package dev.caravan.normalize;

import org.jspecify.annotations.NullMarked;
