package io.innkeeper.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.io.OpenQuestions.Question;
import org.junit.jupiter.api.Test;

class OpenQuestionsTest {
    private static final Question FIRST = new Question(1, 0);
    private static final Question SECOND = new Question(2, 0);
    private static final Question ELSEWHERE = new Question(1, 7);

    private final OpenQuestions questions = new OpenQuestions(500);

    @Test
    void aQuestionIsOpenOnce() {
        assertThat(questions.open(FIRST, 0)).isTrue();
        assertThat(questions.open(FIRST, 10)).isFalse();
        assertThat(questions.open(ELSEWHERE, 10)).isTrue();
        assertThat(questions.answer(FIRST)).isTrue();
        assertThat(questions.answer(FIRST)).isFalse();
        assertThat(questions.answer(SECOND)).isFalse();
        assertThat(questions.open(FIRST, 20)).isTrue();
    }

    @Test
    void whatWaitedInVainComesOldestFirst() {
        assertThat(questions.waitMs(0)).isEqualTo(-1);
        questions.open(SECOND, 1_000);
        questions.open(FIRST, 1_100);
        questions.open(ELSEWHERE, 1_200);
        assertThat(questions.waitMs(1_000)).isEqualTo(500);
        assertThat(questions.waitMs(1_499)).isEqualTo(1);
        assertThat(questions.waitMs(9_999)).isEqualTo(0);
        assertThat(questions.takeOverdue(1_499)).isEmpty();
        questions.answer(FIRST);
        assertThat(questions.takeOverdue(1_700)).containsExactly(SECOND, ELSEWHERE);
        assertThat(questions.takeOverdue(9_999)).isEmpty();
    }

    @Test
    void aQuestionAskedAgainKeepsItsFirstDeadline() {
        questions.open(FIRST, 0);
        questions.open(FIRST, 400);
        assertThat(questions.takeOverdue(500)).containsExactly(FIRST);
    }
}
