"""An adapter for a registry, in Python: answers queries from a small file of records. See README.md."""

import asyncio
import json
import logging
import os
import signal
from collections import OrderedDict
from datetime import datetime, timezone
from pathlib import Path

import nats
from nats.aio.msg import Msg
from nats.errors import TimeoutError as NothingCame

PARTY = os.environ.get("ORGEID_PARTY", "TAX")
KEYS = {"BUSINESS": ["code"], "COOPERATIVE": ["code"], "TAX": ["taxCode", "code"], "POPULATION": ["personNumber"]}[PARTY]
AT_ONCE = 16  # look-ups that the registry bears at the same time
QUERY, ANSWER = "orgeid.registry.query.v1", "orgeid.registry.answer.v1"
HEADERS = {"Content-Type": "application/cloudevents+json"}

log = logging.getLogger("adapter")
records = {r["key"]: r for r in json.loads(Path(__file__).with_name("records.json").read_text("utf-8"))}


def look_up(subject: dict, fields: list) -> dict:
    """Asks the registry. Replace this with a call to yours; raise when it fails, and the query comes again."""
    key = next((subject[k] for k in KEYS if subject.get(k)), None)
    if key is None:
        return {"outcome": "REFUSED", "reason": "UNANSWERABLE", "reference": f"{PARTY}-no-key"}
    record = records.get(key)
    if record is None:
        return {"outcome": "NOT_FOUND", "reference": f"{PARTY}-{key}-none"}
    if "refused" in record:
        return {"outcome": "REFUSED", "reason": record["refused"], "reference": f"{PARTY}-{key}"}
    if record.get("busy"):
        return {"outcome": "UNAVAILABLE", "cause": "BUSY", "reference": f"{PARTY}-{key}", "detail": "maintenance"}
    values = {name: value for name, value in record["values"].items() if name in fields}
    return {"outcome": "FOUND", "reference": f"{PARTY}-{key}", "status": record["status"], "values": values}


def read(data: bytes) -> dict:
    """The query in a message. What is not known in it is ignored; raises when it is no query for this registry."""
    envelope = json.loads(data.decode("utf-8"))
    if not isinstance(envelope, dict) or envelope.get("type") != QUERY:
        raise ValueError("not a " + QUERY)
    query = envelope["data"]
    if query["registry"] != PARTY:
        raise ValueError("put to another registry")
    if not (isinstance(query["subject"], dict) and isinstance(query["fields"], list)):
        raise ValueError("wrong shape")
    return {name: query[name] for name in ("id", "attempt", "subject", "fields")}


async def keep_alive(msg: Msg) -> None:
    """A query that is not acknowledged for 30 s goes to another process; this says that it is worked on."""
    while True:
        await asyncio.sleep(10)
        await msg.in_progress()


class Adapter:
    def __init__(self, js):
        self.js = js
        self.given = OrderedDict()  # final answers by query id: the same question, the same answer

    async def answer(self, msg: Msg) -> None:
        try:
            query = read(msg.data)
        except (ValueError, KeyError, TypeError) as why:
            log.warning("not a query: %s", type(why).__name__)
            await msg.term()  # it would be no query the next time either
            return
        alive = asyncio.create_task(keep_alive(msg))
        try:
            said = self.given.get(query["id"]) or await self.ask(query)
            await self.publish(said, query["attempt"], (msg.headers or {}).get("Correlation-Id"))
            await msg.ack()  # only now: what was under way when the process ends comes again
        except Exception as why:  # the registry or the bus failed: later, not "not found"
            log.error("query %s comes again: %s", query["id"], type(why).__name__)
            await msg.nak(delay=min(0.1 * 2**msg.metadata.num_delivered, 10))
        finally:
            alive.cancel()

    async def ask(self, query: dict) -> dict:
        result = await asyncio.to_thread(look_up, query["subject"], query["fields"])
        final = result["outcome"] != "UNAVAILABLE"
        answer_id = f"{query['id']}:{PARTY}" if final else f"{query['id']}:{PARTY}:unavailable:{query['attempt']}"
        now = datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        said = {"schema": "registry-answer/1", "id": answer_id, "queryId": query["id"], "attempt": query["attempt"]}
        said.update(registry=PARTY, answeredAt=now, **result)
        if final:
            self.given[query["id"]] = said
            while len(self.given) > 10_000:
                self.given.popitem(last=False)
        return said

    async def publish(self, said: dict, attempt: int, correlation: str | None) -> None:
        envelope = {
            "specversion": "1.0",
            "id": said["id"],
            "source": f"/registries/{PARTY}",
            "type": ANSWER,
            "time": said["answeredAt"],
            "datacontenttype": "application/json",
            "dataschema": "urn:orgeid:schema:registry-answer",
            "data": said,
        }
        # The stream drops a second message of this id, and answers once it has stored the first.
        headers = {**HEADERS, "Nats-Msg-Id": f"{said['id']}/{attempt}"}
        if correlation:
            headers["Correlation-Id"] = correlation
        await self.js.publish(f"answers.{PARTY}", json.dumps(envelope, ensure_ascii=False).encode(), headers=headers)


async def main() -> None:
    seed = os.environ.get("ORGEID_NATS_SEED_FILE")
    nc = await nats.connect(
        os.environ["ORGEID_NATS_URL"],
        name=f"adapter-{PARTY}",
        max_reconnect_attempts=-1,
        inbox_prefix=f"_INBOX_{PARTY}",
        **({"nkeys_seed_str": Path(seed).read_text().strip()} if seed else {}),
    )
    js = nc.jetstream()
    # The consumer is made by the system; an adapter only binds to it.
    queries = await js.pull_subscribe_bind(durable=PARTY, stream="QUERIES")
    adapter, stop = Adapter(js), asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    print(json.dumps({"ready": True, "party": PARTY}), flush=True)
    working: set[asyncio.Task] = set()
    while not stop.is_set():
        try:
            messages = await queries.fetch(AT_ONCE - len(working), timeout=1)
        except NothingCame:
            continue
        except Exception as why:
            log.warning("the subscription is tried again: %s", type(why).__name__)
            await asyncio.sleep(1)
            continue
        for message in messages:
            working.add(task := asyncio.create_task(adapter.answer(message)))
            task.add_done_callback(working.discard)
        if len(working) >= AT_ONCE:
            await asyncio.wait(working, return_when=asyncio.FIRST_COMPLETED)
    if working:
        await asyncio.wait(working, timeout=5)
    await nc.close()  # what was fetched and not begun comes again to the next one


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format='{"level":"%(levelname)s","msg":"%(message)s"}')
    asyncio.run(main())
