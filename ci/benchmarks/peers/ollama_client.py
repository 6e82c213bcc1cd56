#!/usr/bin/env python3
"""Paced streaming with Ollama's official client, as its documentation shows it."""

import exchanges
import ollama

chosen = exchanges.options()
client = ollama.AsyncClient(host=chosen.url)


async def call(exchange: exchanges.Exchange, prompt: str) -> None:
    messages = [{"role": "user", "content": prompt}]
    async for part in await client.chat(model=chosen.model, messages=messages, stream=True):
        if part.message.content:
            exchange.token()


exchanges.run(chosen, call)
