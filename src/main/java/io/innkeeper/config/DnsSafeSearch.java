package io.innkeeper.config;

/** A search engine that can be pinned to its safe answers. */
public enum DnsSafeSearch {
    /** google.com and its country domains. */
    GOOGLE,
    /** bing.com. */
    BING,
    /** duckduckgo.com. */
    DUCKDUCKGO,
    /** youtube.com, in its restricted mode. */
    YOUTUBE,
    /** yandex.ru, yandex.com. */
    YANDEX,
    /** pixabay.com. */
    PIXABAY
}
