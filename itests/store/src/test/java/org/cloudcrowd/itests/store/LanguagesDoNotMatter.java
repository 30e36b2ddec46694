package org.cloudcrowd.itests.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.cloudcrowd.store.state.AttemptOutcome;
import org.cloudcrowd.store.state.JobState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A job goes through every stage where the letter i has another capital, or digits are others. */
@OnEveryDatabase
class LanguagesDoNotMatter {
  @Parameter TestDatabase database;
  private final Locale before = Locale.getDefault();

  @AfterEach
  void setBack() {
    Locale.setDefault(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tr-TR", "az-AZ", "ar-EG-u-nu-arab", "ja-JP-u-ca-japanese"})
  void aJobIsSplitClaimedRetriedAndMerged(String language) throws Exception {
    Locale.setDefault(Locale.forLanguageTag(language));
    var fixture = new StoreFixture(database.shared());
    var job = fixture.submit(true, true, "\"i\"", "\"ı\"");

    for (var split : fixture.claim(fixture.node, 2)) {
      fixture.split(split, split.input());
    }
    fixture.end(fixture.claimOne(), AttemptOutcome.FAILED, "İ");
    fixture.succeedAll(fixture.claim(fixture.node, 2));
    fixture.succeedAll(fixture.claim(fixture.node, 1));

    assertThat(fixture.queries.job(job.id()).progress().state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(fixture.outputs(job)).containsExactly("[\"i\",\"ı\"]");
  }

  @Test
  void aDatabaseIsMadeInEveryLanguage() throws Exception {
    Locale.setDefault(Locale.forLanguageTag("tr-TR"));
    var opened = TestDatabase.open(database.newDatabase());
    assertThat(new StoreFixture(opened).submit("1").progress().units()).isEqualTo(1);
    opened.close();
  }
}
