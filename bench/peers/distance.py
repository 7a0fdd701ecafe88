"""Distances between two logs with log-distance-measures, printed as JSON; started by bench/simulation.py.

    python distance.py LATER.csv SIMULATED.csv

All are earth mover's or absolute distances: 0 for equal logs, smaller is nearer.
"""

import json
import sys
import warnings
from typing import Any


def read(path: str) -> Any:
    """A log as the measures want it."""
    import pandas as pd  # type: ignore[import-untyped] # the peers' environment has these

    frame = pd.read_csv(path)
    for column in ("start_time", "end_time"):
        frame[column] = pd.to_datetime(frame[column], utc=True, format="ISO8601")
    return frame


def main() -> None:
    """Measure."""
    warnings.filterwarnings("ignore")
    import pandas as pd
    from log_distance_measures import (  # type: ignore[import-not-found]
        absolute_event_distribution as absolute,
    )
    from log_distance_measures import case_arrival_distribution as arrival
    from log_distance_measures import circadian_event_distribution as circadian
    from log_distance_measures import cycle_time_distribution as cycle
    from log_distance_measures import n_gram_distribution as grams
    from log_distance_measures import relative_event_distribution as relative
    from log_distance_measures.config import (  # type: ignore[import-not-found]
        DEFAULT_CSV_IDS as IDS,
    )
    from log_distance_measures.config import AbsoluteTimestampType, discretize_to_hour

    later, other = read(sys.argv[1]), read(sys.argv[2])
    ends = AbsoluteTimestampType.END
    found = {
        "three steps in a row (control flow)": grams.n_gram_distribution_distance(
            later, IDS, other, IDS, n=3
        ),
        "cycle time, hours": cycle.cycle_time_distribution_distance(
            later, IDS, other, IDS, pd.Timedelta(hours=1)
        ),
        "events since the beginning of a case, hours": relative.relative_event_distribution_distance(
            later, IDS, other, IDS, discretize_type=ends, discretize_event=discretize_to_hour
        ),
        "events by hour of the week": circadian.circadian_event_distribution_distance(
            later, IDS, other, IDS, discretize_type=ends
        ),
        "events in time, hours": absolute.absolute_event_distribution_distance(
            later, IDS, other, IDS, discretize_type=ends, discretize_event=discretize_to_hour
        ),
        "arrivals in time, hours": arrival.case_arrival_distribution_distance(
            later, IDS, other, IDS, discretize_event=discretize_to_hour
        ),
    }
    print("\n" + json.dumps(found))


if __name__ == "__main__":
    main()
