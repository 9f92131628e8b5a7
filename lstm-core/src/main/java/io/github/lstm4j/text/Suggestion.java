package io.github.lstm4j.text;

/**
 * A symbol that may come next.
 *
 * @param symbol the symbol
 * @param probability what the network gives it, 0 to 1
 */
public record Suggestion(String symbol, double probability) {}
