/// How `index.html` looks: light, dark and in print, from 320 pixels on. Every colour of text has a contrast of at least 4.5
/// to 1 with what it stands on (WCAG 2.2, 1.4.3), of a shape 3 to 1 (1.4.11).
enum PageStyle {
    static let css = """
        :root{color-scheme:light dark;--paper:#fff;--ink:#1b1f24;--soft:#57606a;--line:#8c959f;--wash:#f2f4f6;\
        --good:#116329;--bad:#a40e26;--open:#7a4b00;--base:#57606a;--head:#0550ae;--mark:#ffe2a8;--markink:#1b1f24;\
        --p0:#57606a;--p1:#0550ae;--p2:#9a4d00;--p3:#116329;--p4:#7b3fb0;--p5:#a40e26}
        @media (prefers-color-scheme:dark){:root{--paper:#14181d;--ink:#e8ecf0;--soft:#a9b4bf;--line:#77828d;\
        --wash:#20262d;--good:#6fdd8b;--bad:#ff9a9a;--open:#f2c14e;--base:#a9b4bf;--head:#79b8ff;--mark:#5a4300;\
        --markink:#fff;--p0:#a9b4bf;--p1:#79b8ff;--p2:#f0a35e;--p3:#6fdd8b;--p4:#cfa6ff;--p5:#ff9a9a}}
        @media print{:root{color-scheme:light;--paper:#fff;--ink:#000;--soft:#333;--wash:#fff}.metric,.row{break-inside:avoid}}
        *{box-sizing:border-box}
        body{margin:0 auto;max-width:64rem;padding:1rem;background:var(--paper);color:var(--ink);\
        font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
        h1{font-size:1.5rem;line-height:1.25;margin:.5rem 0}
        h2{font-size:1.2rem;border-bottom:1px solid var(--line);margin:2rem 0 .75rem;padding-bottom:.25rem}
        h3{font-size:1rem;margin:0 0 .25rem}
        p{margin:.25rem 0 .5rem}
        nav ul,.legend{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.25rem 1rem;margin:.25rem 0 .5rem}
        a{color:var(--head)}
        a:focus-visible,summary:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--head);outline-offset:2px}
        .verdict{border-left:.5rem solid var(--soft);padding:.25rem .75rem;background:var(--wash)}
        .verdict.good{border-color:var(--good)}.verdict.bad{border-color:var(--bad)}.verdict.open{border-color:var(--open)}
        .outcome{font-weight:600;border:1px solid currentColor;border-radius:.25rem;padding:0 .35rem;white-space:nowrap}
        .good .outcome,.outcome.good{color:var(--good)}.outcome.bad{color:var(--bad)}.outcome.open{color:var(--open)}
        .outcome.plain,.axis,.label,.number{color:var(--soft)}
        .metric{margin:0 0 1.5rem}
        .plot{border:1px solid var(--line);background:var(--wash)}
        .plot svg{display:block;width:100%}
        .axis{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 1rem;font-size:.875rem;margin:.15rem 0}
        .axis span{flex:0 1 auto;min-width:0}
        .axis span:nth-child(2){text-align:center}.axis span:last-child{text-align:right}
        .label{font-size:.875rem;margin:.5rem 0 .1rem}
        svg path{fill:none;vector-effect:non-scaling-stroke;stroke-width:1px}
        svg .dots{stroke-width:8px;stroke-linecap:round;stroke-opacity:.75}
        .base{stroke:var(--base)}.head{stroke:var(--head)}
        svg .median{stroke-width:3px;stroke-opacity:1}
        .forbidden{fill:var(--bad);fill-opacity:.14}
        .limit{stroke:var(--bad);stroke-width:2px;stroke-dasharray:5 4}
        .interval{fill:var(--head)}
        .whole{fill:var(--line)}.token{stroke:var(--head)}.thought{stroke:var(--p4)}
        .part0{fill:var(--p0)}.part1{fill:var(--p1)}.part2{fill:var(--p2)}.part3{fill:var(--p3)}.part4{fill:var(--p4)}\
        .part5{fill:var(--p5)}
        .key{display:inline-block;width:.9rem;height:.9rem;margin-right:.35rem;vertical-align:-.1rem;\
        border:1px solid var(--ink);forced-color-adjust:none;print-color-adjust:exact}
        .key0{background:var(--p0)}.key1{background:var(--p1)}.key2{background:var(--p2)}.key3{background:var(--p3)}\
        .key4{background:var(--p4)}.key5{background:var(--p5)}
        .wide{overflow-x:auto}
        table{border-collapse:collapse;font-size:.9rem}
        th,td{border:1px solid var(--line);padding:.2rem .5rem;text-align:left;vertical-align:top}
        summary{cursor:pointer;padding:.25rem 0}
        .report{border:1px solid var(--line);max-height:40rem;overflow:auto;font:.85rem/1.6 ui-monospace,monospace;padding:.25rem 0}
        .line{display:flex;gap:.75rem;padding:0 .5rem}
        .number{flex:0 0 2.5rem;text-align:right;user-select:none}
        .text{flex:1;min-width:0;white-space:pre-wrap}
        .found mark{background:var(--mark);color:var(--markink);border-bottom:2px solid var(--open)}
        .found.error mark{border-bottom:3px double var(--bad)}
        .found sup{font-weight:600;font-size:.7rem}
        .note{display:none;white-space:normal;margin:.15rem 0 .35rem;padding:.35rem .6rem;background:var(--wash);\
        border-left:.3rem solid var(--open);font-family:system-ui,sans-serif}
        .found.error .note{border-color:var(--bad)}
        .found:hover .note,.found:focus .note,.found:focus-within .note{display:block}
        @media print{.note{display:block}.report{max-height:none}}
        """
}
