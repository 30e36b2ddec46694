package org.cloudcrowd.store.jpa;

import org.cloudcrowd.store.Completion;

/** What came of a batch of results, for who reported them and for everybody else. */
record Counted(Completion completion, News news) {}
