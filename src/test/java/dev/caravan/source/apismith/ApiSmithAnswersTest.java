package dev.caravan.source.apismith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.fault.CaravanException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiSmithAnswersTest {
    private static final String RIGHT = "{'slug': 'others', 'columns': [{'name': 'ID', 'is_business_key': true}]}";

    private static ApiList apis(String json) {
        return ApiSmithAnswers.apis(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            it names no columns                        | 'columns': []
            it names no columns                        | 'columns': 'ID'
            it names no columns                        | 'name': 'Things'
            it has a column without a name             | 'columns': [{'name': 'ID'}, {'data_type': 'DATE'}]
            it has a column without a name             | 'columns': [{'name': null}]
            it has a column without a name             | 'columns': ['ID']
            two of its columns are called id           | 'columns': [{'name': 'ID'}, {'name': 'NO', 'output_alias': 'id'}]
            it names the key column NO, which it does not have | 'columns': [{'name': 'ID'}], 'business_key_columns': ['NO']
            it names the key column ID twice           | 'columns': [{'name': 'ID'}], 'business_key_columns': ['ID', 'id']
            its business_key_columns are not a list    | 'columns': [{'name': 'ID'}], 'business_key_columns': 'ID'
            it asks for the unknown delta strategy odd; known are full, hash, rowversion and auto | 'columns': [{'name': 'ID'}], 'delta_strategy': 'ODD'
            """)
    void oneApiThatIsDescribedWronglyDoesNotHideTheOthers(String why, String description) {
        ApiList list = apis("[{'slug': 'things', " + description + "}, " + RIGHT + "]");
        assertThat(list.wrong()).hasSize(1).containsEntry("things", why);
        assertThat(list.apis()).singleElement().extracting(ApiDescription::slug).isEqualTo("others");
        assertThat(list.unnamed()).isZero();
    }

    @Test
    void apisThatShareASlugAreAllWrong() {
        ApiList list = apis("[" + RIGHT + ", " + RIGHT + ", " + RIGHT + "]");
        assertThat(list.wrong()).hasSize(1).containsEntry("others", "several APIs have this slug");
        assertThat(list.apis()).isEmpty();
    }

    @Test
    void apisWithoutASlugAreCounted() {
        ApiList list = apis("[null, 7, {'columns': []}, {'slug': null}, " + RIGHT + "]");
        assertThat(list.unnamed()).isEqualTo(4);
        assertThat(list.apis()).hasSize(1);
    }

    @Test
    void anAnswerThatIsNoListIsTroubleOfTheWholeConnector() {
        assertThatThrownBy(() -> apis("{}"))
                .isInstanceOfSatisfying(
                        CaravanException.class,
                        fault -> assertThat(fault.code()).isEqualTo("METADATA_UNREADABLE"));
    }
}
