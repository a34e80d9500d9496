#include <doctest/doctest.h>

#include <tenon/target/text/html.hpp>

using namespace tenon;

TEST_CASE("no word is taken for a tag") {
  CHECK(show::escaped("dense<3> & \"a\" < 'b'") == "dense&lt;3&gt; &amp; &quot;a&quot; &lt; &#39;b&#39;");
  CHECK(show::html_words("b", "", "x<y") == "<b>x&lt;y</b>");
  CHECK(show::html_words("p", "note", "x") == "<p class=\"note\">x</p>");
}

TEST_CASE("a table has headings in its first row") {
  CHECK(show::html_table({.right = "lr", .rows = {{"name", "bytes"}, {"x", "4"}}}) ==
        "<div class=\"scroll\"><table>\n"
        "<tr><th>name</th><th class=\"right\">bytes</th></tr>\n"
        "<tr><td>x</td><td class=\"right\">4</td></tr>\n"
        "</table></div>\n");
}
