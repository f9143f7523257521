/** The nouns of Caravan: what is carried and what is remembered. Knows only the JDK. */
@NullMarked
package dev.caravan.model;

import org.jspecify.annotations.NullMarked;
