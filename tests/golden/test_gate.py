"""The gate itself, with made-up figures."""

from __future__ import annotations

import json
from pathlib import Path

import gate
import pytest
from gate import Figure, bench_figures, misses, updated

FLOORS = {"quick": {"set F1": 50.0, "set false alarms": 20.0}, "lowered": []}
BETTER = {"set F1": Figure(55.55), "set false alarms": Figure(12.34, less=True)}
WORSE = {"set F1": Figure(49.9), "set false alarms": Figure(20.5, less=True)}
DAY = "2031-05-04"


def test_figures_at_their_bounds_hold() -> None:
    assert misses({"set F1": Figure(50.0), "set false alarms": Figure(20.0, less=True)}, FLOORS["quick"]) == []


def test_figures_beyond_their_bounds_are_missed_on_the_side_that_is_worse() -> None:
    assert [miss.name for miss in misses(WORSE, FLOORS["quick"])] == ["set F1", "set false alarms"]
    assert misses(BETTER, FLOORS["quick"]) == []


def test_a_figure_that_was_not_measured_is_missed() -> None:
    assert [(miss.name, miss.value) for miss in misses({"set F1": Figure(90.0)}, FLOORS["quick"])] == [("set false alarms", None)]


def test_an_update_raises_floors_and_lowers_ceilings() -> None:
    assert updated(BETTER, FLOORS, "quick", None, DAY)["quick"] == {"set F1": 55.5, "set false alarms": 12.4}


def test_an_update_never_lowers_a_floor_by_itself() -> None:
    assert updated(WORSE, FLOORS, "quick", None, DAY) == FLOORS


def test_a_floor_is_lowered_with_a_reason_that_is_kept_with_its_date() -> None:
    after = updated(WORSE, FLOORS, "quick", "the set was corrected", DAY)
    assert after["quick"] == {"set F1": 49.9, "set false alarms": 20.5}
    assert after["lowered"][0] == {"date": DAY, "part": "quick", "figure": "set F1", "from": 50.0, "to": 49.9, "reason": "the set was corrected"}


def test_an_update_keeps_the_bounds_of_other_parts_and_of_figures_not_measured() -> None:
    floors = {**FLOORS, "full": {"set F1": 1.0}}
    after = updated({"set F1": Figure(60.0)}, floors, "quick", None, DAY)
    assert (after["full"], after["quick"]["set false alarms"]) == ({"set F1": 1.0}, 20.0)


def test_a_new_figure_gets_a_floor_only_if_it_is_to_be_held() -> None:
    after = updated({"new": Figure(10.0), "aside": Figure(10.0, held=False)}, FLOORS, "quick", None, DAY)
    assert after["quick"] == {**FLOORS["quick"], "new": 10.0}


def test_the_report_of_the_bench_becomes_figures() -> None:
    rows = [{"set": "a", "metric": "F1", "value": 41.0, "lower_is_better": False, "target": 50},
            {"set": "a", "metric": "km", "value": 3.0, "lower_is_better": True, "target": None},
            {"set": "b", "metric": "F1", "value": None, "lower_is_better": False, "target": 50}]  # fmt: skip
    found = bench_figures({"metrics": rows, "violations": [{}, {}]})
    assert found == {"contract breaches": Figure(2, less=True), "a F1": Figure(41.0), "a km": Figure(3.0, less=True, held=False)}


@pytest.mark.parametrize(("measured", "status"), [(BETTER, 0), (WORSE, 1)])
def test_the_exit_status_says_whether_all_bounds_hold(measured: gate.Figures, status: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    floors = tmp_path / "floors.json"
    floors.write_text(json.dumps({**FLOORS, "golden": {"all": 90.0}}), encoding="utf-8")
    monkeypatch.setattr(gate, "measure_golden", lambda _: {"all": Figure(100.0)})
    monkeypatch.setattr(gate, "measure_bench", lambda *_: measured)
    monkeypatch.setattr(gate, "BENCH", tmp_path)
    assert gate.main(["--floors", str(floors)]) == status


def test_without_the_bench_only_the_golden_cases_are_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    floors = tmp_path / "floors.json"
    floors.write_text(json.dumps({**FLOORS, "golden": {"all": 90.0}}), encoding="utf-8")
    monkeypatch.setattr(gate, "measure_golden", lambda _: {"all": Figure(89.9)})
    monkeypatch.setattr(gate, "BENCH", tmp_path / "nowhere")
    assert gate.main(["--floors", str(floors)]) == 1


@pytest.mark.parametrize("words", [["--allow-regression", "because"], ["--update", "--allow-regression", " "]])
def test_lowering_needs_an_update_and_a_reason(words: list[str]) -> None:
    with pytest.raises(SystemExit):
        gate.parse(words)


def test_the_floors_that_are_kept_say_why_any_was_lowered() -> None:
    kept = json.loads(gate.FLOORS.read_text(encoding="utf-8"))
    assert set(kept) <= {"golden", "quick", "full", "lowered"}
    assert all(note["reason"] and note["date"] for note in kept["lowered"])
