"""The runs a schedule has planned or left behind, asked of the server."""

import asyncio
import time
from datetime import datetime
from uuid import UUID

from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterName,
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import StateType
from prefect.client.schemas.sorting import FlowRunSort
from prefect.states import Crashed

from pipelines.server import Server, ServerFailed

DEPLOYMENT = "nightly"
# The scheduler looks every few seconds; one that makes nothing in this time never will (seen with
# an SQLAlchemy it does not support).
FIRST_RUN_PLANNED_WITHIN_S = 120
OPEN_STATES = (StateType.SCHEDULED, StateType.PENDING, StateType.RUNNING, StateType.CANCELLING)


async def close_leftovers(client: PrefectClient, now: datetime) -> None:
    """Ends what an earlier schedule left open; nobody else runs it, since we hold the lock.

    A run begun, or asked for by hand, is marked as crashed. Runs planned for nights gone by go
    away: one run makes up for all of them.
    """
    runs = await client.read_flow_runs(
        deployment_filter=DeploymentFilter(name=DeploymentFilterName(any_=[DEPLOYMENT])),
        flow_run_filter=FlowRunFilter(
            state=FlowRunFilterState(type=FlowRunFilterStateType(any_=list(OPEN_STATES)))
        ),
    )
    for run in runs:
        if run.state_type is not StateType.SCHEDULED or not run.auto_scheduled:
            await client.set_flow_run_state(
                run.id,
                Crashed(message="The schedule was stopped before this run ended."),
                force=True,
            )
        elif run.next_scheduled_start_time is None or run.next_scheduled_start_time < now:
            await client.delete_flow_run(run.id)


async def next_run(client: PrefectClient, deployment_id: UUID, server: Server) -> datetime:
    """When the next run is due, as the scheduler has really planned it."""
    give_up_at = time.monotonic() + FIRST_RUN_PLANNED_WITHIN_S
    while time.monotonic() < give_up_at:
        runs = await client.read_flow_runs(
            deployment_filter=DeploymentFilter.model_validate({"id": {"any_": [deployment_id]}}),
            flow_run_filter=FlowRunFilter(
                state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.SCHEDULED]))
            ),
            sort=FlowRunSort.NEXT_SCHEDULED_START_TIME_ASC,
        )
        planned = [
            run.next_scheduled_start_time
            for run in runs
            if run.auto_scheduled and run.next_scheduled_start_time
        ]
        if planned:
            return planned[0]
        await asyncio.sleep(1)
    raise ServerFailed("runs, but its scheduler plans no run", server.log)
