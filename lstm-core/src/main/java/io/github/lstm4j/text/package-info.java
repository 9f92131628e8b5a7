/**
 * Text: a corpus as numbers, batches of it in parallel streams, a network that writes on.
 *
 * <p>The usual order: {@link io.github.lstm4j.text.Corpus#read} → {@link io.github.lstm4j.text.TokenStreams} over its
 * training part → a {@link io.github.lstm4j.train.Trainer} → {@link io.github.lstm4j.text.TextModel} →
 * {@link io.github.lstm4j.text.Continuation} with a {@link io.github.lstm4j.text.Sampler}.
 */
@NullMarked
package io.github.lstm4j.text;

import org.jspecify.annotations.NullMarked;
