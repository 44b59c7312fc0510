"""What people write where a figure is missing, and for yes and no: words that are read, never shown."""

from __future__ import annotations

from cbi.assessment import Quality, Reason
from cbi.i18n import LANGUAGES
from cbi.labels import QUALITIES, REASONS
from cbi.units import plain

BLANK = frozenset(("-", "–", "—", "--", "---", "——", "−", "…", "...", "……", "/", "\\", "_", "?", "？", "tbc"))
"""Signs that say no more than that nothing stands here."""

REASON_WORDS = {
    Reason.NO_DATA: (
        "no data", "nodata", "data not available", "not available", "unavailable", "no figure", "no figures",
        "unknown", "not known", "n.d.", "nd", "no information", "missing",
        "无数据", "暂无数据", "暂无", "没有数据", "数据缺失", "缺失", "缺数据", "未统计",
        "未知", "不详", "不清楚", "无资料", "暂缺",
    ),
    Reason.NOT_APPLICABLE: ("not applicable", "does not apply", "不适用"),
    Reason.NOT_STARTED: (
        "not started", "not yet", "to do", "tbd", "to be determined", "pending", "to follow",
        "未开始", "尚未开始", "待填", "待定", "待补充", "待统计", "未填",
    ),
    Reason.CONFIDENTIAL: ("confidential", "secret", "not public", "保密", "涉密", "不公开"),
    Reason.INCLUDED_ELSEWHERE: (
        "counted elsewhere", "included elsewhere", "已在其他指标中计入", "计入其他指标",
    ),
}  # fmt: skip

NOT_SURE = frozenset(("n/a", "na", "n.a.", "n. a.", "#n/a"))
"""“Not available” or “not applicable”: the two count differently, so it is asked which is meant."""

NONE = frozenset(("无", "没有", "none", "nil", "nothing", "no"))
"""Nothing is there, which is a zero, or nothing is known, which is none: it is asked which is meant."""

YES = frozenset(("yes", "y", "true", "1", "x", "✓", "✔", "√", "☑", "是", "有", "对"))
NO = frozenset(("no", "n", "false", "0", "✗", "✘", "×", "☐", "否", "没有", "无", "不是"))

_QUALITY_WORDS = {"高": Quality.HIGH, "中": Quality.MEDIUM, "低": Quality.LOW, "good": Quality.HIGH}


def reason_of(text: str) -> Reason | None:
    """Find the reason that a text states, by its code or by what it is called in any language."""
    wanted = plain(text).rstrip(".。")
    for reason, called in REASONS.items():
        names = (reason.value, *(plain(called.text(language)) for language in LANGUAGES), *REASON_WORDS[reason])
        if wanted in names or plain(text) in names:
            return reason
    return None


def quality_of(text: str) -> Quality | None:
    """Find the quality grade that a text states in any language."""
    wanted = plain(text)
    for quality, called in QUALITIES.items():
        if wanted in (quality.value, *(plain(called.text(language)) for language in LANGUAGES)):
            return quality
    return _QUALITY_WORDS.get(wanted)


def tick_of(text: str) -> bool | None:
    """Tell whether a text says yes or no; None if it says neither."""
    wanted = plain(text)
    return True if wanted in YES else False if wanted in NO else None
