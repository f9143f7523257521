/** Tests of the model. */
@NullMarked
package dev.caravan.model;

import org.jspecify.annotations.NullMarked;
