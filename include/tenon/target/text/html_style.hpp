#pragma once

#include <string_view>

namespace tenon::show {

/// The colours on white paper, by name.
inline constexpr std::string_view html_colours = R"css(
:root {
  --paper: #fbfbfa; --sheet: #ffffff; --ink: #1d2229; --faint: #626b76; --rule: #dfe3e8; --wash: #f2f4f6;
  --serial: #8a94a1; --parallel: #1f8a52; --unrolled: #b86e00; --vectorized: #7446c9; --threads: #1769c2;
  --memory: #0d8390; --choice: #a34a6a; --new: #d9f3df; --gone: #fde1de; --wrong: #b3261e; --chosen: #e4ecf7;
}
)css";

/// How a nest of boxes looks: what `html_nest` writes, on any page that knows the colours.
inline constexpr std::string_view html_nest_style = R"css(
:where(.box, .key span) { --hue: var(--serial); }
.head, .line { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; }
.box { border: 1px solid var(--rule); border-left: 4px solid var(--hue); border-radius: 6px; margin: 5px 0; }
.box > .inside { padding: 1px 6px 3px 10px; }
.parallel { --hue: var(--parallel); }
.unrolled { --hue: var(--unrolled); }
.vectorized { --hue: var(--vectorized); }
.threads { --hue: var(--threads); }
.memory { --hue: var(--memory); }
.box.memory { border-style: dashed; border-left-style: solid; }
.choice { --hue: var(--choice); }
.head, .line { font-size: 12.5px; line-height: 1.5; padding: 3px 8px; overflow-wrap: anywhere; border-radius: 4px; }
.head { display: flex; flex-wrap: wrap; gap: 2px 10px; align-items: baseline; }
.head b { font-weight: 600; }
.mark { color: var(--hue); font-weight: 600; }
.extent, .aside { color: var(--faint); }
.line { padding-left: 24px; text-indent: -16px; margin: 2px 0; }
)css";

/// How a page looks besides: light and dark, wide and narrow, without anything from outside the page.
inline constexpr std::string_view html_page_style = R"css(
:root { color-scheme: light dark; }
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14171b; --sheet: #1a1e23; --ink: #e3e7ec; --faint: #97a1ad; --rule: #323942; --wash: #22272e;
    --serial: #77828f; --parallel: #4cc486; --unrolled: #e0a040; --vectorized: #a98bf0; --threads: #62a8f0;
    --memory: #45bccb; --choice: #df86a6; --new: #1c4029; --gone: #532722; --wrong: #ff8a80; --chosen: #26344a;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; max-width: 1500px; padding: 24px 28px 48px; background: var(--paper); color: var(--ink);
  font: 15px/1.45 system-ui, sans-serif;
}
code, pre, td { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; }
h1 { font-size: 24px; line-height: 1.2; margin: 0 0 16px; overflow-wrap: anywhere; }
h2 { font-size: 17px; margin: 34px 0 10px; }
.pick { position: absolute; opacity: 0; pointer-events: none; }
.facts { display: flex; flex-wrap: wrap; gap: 10px; margin: 0 0 20px; padding: 0; }
.facts div { background: var(--sheet); border: 1px solid var(--rule); border-radius: 8px; padding: 8px 14px; }
.facts dt { color: var(--faint); font-size: 12.5px; }
.facts dd { margin: 0; font-size: 17px; font-weight: 600; font-variant-numeric: tabular-nums; }
.story { display: grid; grid-template-columns: minmax(180px, 260px) minmax(0, 1fr); gap: 22px; align-items: start; }
nav { position: sticky; top: 12px; max-height: calc(100vh - 24px); overflow: auto; padding: 3px; }
nav h2 { margin-top: 0; }
nav label {
  display: block; padding: 5px 10px; border-left: 3px solid var(--rule); cursor: pointer; font-size: 13px;
  overflow-wrap: anywhere;
}
nav label:hover { background: var(--wash); }
nav label.same { color: var(--faint); }
nav label.refused { color: var(--wrong); }
nav label:first-of-type { margin-bottom: 8px; }
.panes { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 16px; align-items: start; }
.pane { display: none; min-width: 0; background: var(--sheet); border: 1px solid var(--rule); border-radius: 10px; padding: 12px 14px 16px; }
.pane h3 { margin: 0 0 10px; font-size: 14px; font-weight: 600; overflow-wrap: anywhere; }
.pane .role { color: var(--faint); font-weight: 400; }
.pane .role::after { content: " "; }
.refusal { color: var(--wrong); border-left: 4px solid var(--wrong); padding: 4px 0 4px 12px; overflow-wrap: anywhere; }
.key { display: flex; flex-wrap: wrap; gap: 4px 16px; margin: 14px 0 0; font-size: 12.5px; color: var(--faint); }
.key span::before { content: ""; display: inline-block; width: 12px; height: 12px; margin-right: 6px; border-radius: 3px; background: var(--hue); vertical-align: -1px; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: 13px; background: var(--sheet); }
th, td { text-align: left; padding: 5px 16px 5px 10px; border-bottom: 1px solid var(--rule); white-space: nowrap; }
th { color: var(--faint); font-weight: 500; }
.right { text-align: right; font-variant-numeric: tabular-nums; }
details { margin-top: 30px; }
summary { cursor: pointer; font-size: 17px; font-weight: 600; }
pre { overflow-x: auto; background: var(--sheet); border: 1px solid var(--rule); border-radius: 8px; padding: 14px; font-size: 12.5px; }
@media (max-width: 1000px) { .panes { grid-template-columns: minmax(0, 1fr); } }
@media (max-width: 720px) {
  body { padding: 14px 12px 32px; }
  .story { grid-template-columns: minmax(0, 1fr); }
  nav { position: static; max-height: 40vh; border-bottom: 1px solid var(--rule); }
  .box > .inside { padding: 1px 3px 2px 4px; }
}
)css";

}  // namespace tenon::show
