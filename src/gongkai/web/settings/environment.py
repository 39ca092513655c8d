"""What the environment says (GONGKAI_*), read once and checked at start-up."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

YES, NO = {"1", "on", "true", "yes"}, {"0", "off", "false", "no", ""}


@dataclass(frozen=True, slots=True)
class Environment:
    """Every setting an operator can make; `README.md` beside this folder lists them."""

    data: Path
    debug: bool
    demo: bool
    https: bool
    hosts: tuple[str, ...]
    proxies: int
    database_url: str
    search: str
    log_level: str
    second_factor: str
    metrics_from: tuple[str, ...]
    site_name: str
    site_code: str
    icp_record: str
    police_record: str
    site_domain: str
    site_owner: str
    site_phone: str
    site_emblem: str
    site_faults: str
    api_rate: int
    search_rate: int
    bodies_at_once: int
    bodies_mb: int
    silence_seconds: int
    body_kb: int
    oidc_issuer: str
    oidc_client: str
    oidc_secret: str
    oidc_claim: str
    oidc_authorize: str
    oidc_token: str
    oidc_userinfo: str
    oidc_keys: str
    checker_fetch: bool
    checker_fetch_hosts: tuple[str, ...]
    kept_pages_mb: int
    pages_ahead: int
    import_hosts: tuple[str, ...]
    least_free_mb: int

    @property
    def static(self) -> Path:
        """Where `gongkai serve` gathers the static files."""
        return self.data / "static"


def default_data() -> Path:
    """The data folder of this user when GONGKAI_DATA is not set."""
    return Path.home() / ".local" / "share" / "gongkai"


def read(env: Mapping[str, str]) -> Environment:
    """The settings in `env`. Raises ImproperlyConfigured naming the variable and what it may be."""
    demo, debug = _switch(env, "GONGKAI_DEMO", False), _switch(env, "GONGKAI_DEBUG", False)
    relaxed = demo or debug
    return Environment(
        data=Path(env.get("GONGKAI_DATA") or default_data()).expanduser().resolve(),
        debug=debug,
        demo=demo,
        https=_switch(env, "GONGKAI_HTTPS", not relaxed),
        hosts=_words(env, "GONGKAI_HOSTS", "localhost,127.0.0.1,[::1]"),
        proxies=_number(env, "GONGKAI_PROXIES", 0),
        database_url=env.get("GONGKAI_DATABASE_URL", ""),
        search=_choice(env, "GONGKAI_SEARCH", "tantivy", {"tantivy", "fts5", "postgres"}),
        log_level=_choice(env, "GONGKAI_LOG_LEVEL", "WARNING" if demo else "INFO", {"DEBUG", "INFO", "WARNING", "ERROR"}),
        second_factor=_choice(
            env, "GONGKAI_SECOND_FACTOR", "offered" if demo else "required", {"required", "offered"}
        ),
        metrics_from=_networks(env, "GONGKAI_METRICS_FROM", "127.0.0.1,::1"),
        site_name=env.get("GONGKAI_SITE_NAME", "政府信息公开平台"),
        site_code=env.get("GONGKAI_SITE_CODE", ""),
        icp_record=env.get("GONGKAI_ICP_RECORD", ""),
        police_record=env.get("GONGKAI_POLICE_RECORD", ""),
        site_domain=env.get("GONGKAI_SITE_DOMAIN", ""),
        site_owner=env.get("GONGKAI_SITE_OWNER", ""),
        site_phone=env.get("GONGKAI_SITE_PHONE", ""),
        site_emblem=_link(env, "GONGKAI_SITE_EMBLEM"),
        site_faults=_link(env, "GONGKAI_SITE_FAULTS"),
        api_rate=_number(env, "GONGKAI_API_RATE", 120),
        search_rate=_number(env, "GONGKAI_SEARCH_RATE", 120),
        bodies_at_once=_number(env, "GONGKAI_BODIES_AT_ONCE", 20),
        bodies_mb=_number(env, "GONGKAI_BODIES_MB", 1024),
        silence_seconds=_positive(env, "GONGKAI_SILENCE_SECONDS", 10),
        body_kb=_positive(env, "GONGKAI_BODY_KB", 8),
        oidc_issuer=env.get("GONGKAI_OIDC_ISSUER", "").rstrip("/"),
        oidc_client=env.get("GONGKAI_OIDC_CLIENT", ""),
        oidc_secret=env.get("GONGKAI_OIDC_SECRET", ""),
        oidc_claim=env.get("GONGKAI_OIDC_CLAIM", "preferred_username"),
        checker_fetch=_switch(env, "GONGKAI_CHECKER_FETCH", False),
        # Hosts of one's own that may be read although they are not public: for tests and the demonstration.
        checker_fetch_hosts=_words(env, "GONGKAI_CHECKER_FETCH_HOSTS", ""),
        kept_pages_mb=_number(env, "GONGKAI_KEPT_PAGES_MB", 1024),
        pages_ahead=_percent(env, "GONGKAI_PAGES_AHEAD", 25),
        # Hosts inside one's own network that staff may bring pages in from.
        import_hosts=_words(env, "GONGKAI_IMPORT_HOSTS", ""),
        least_free_mb=_number(env, "GONGKAI_LEAST_FREE_MB", 256),
        oidc_authorize=env.get("GONGKAI_OIDC_AUTHORIZE", ""),
        oidc_token=env.get("GONGKAI_OIDC_TOKEN", ""),
        oidc_userinfo=env.get("GONGKAI_OIDC_USERINFO", ""),
        oidc_keys=env.get("GONGKAI_OIDC_KEYS", ""),
    )


def _switch(env: Mapping[str, str], name: str, default: bool) -> bool:
    word = env.get(name)
    if word is None:
        return default
    if word.lower() not in YES | NO:
        raise ImproperlyConfigured(f"环境变量{name}只能是on或off，现在是“{word}”。")
    return word.lower() in YES


def _number(env: Mapping[str, str], name: str, default: int) -> int:
    word = env.get(name, str(default))
    if not (word.isascii() and word.isdigit()):
        raise ImproperlyConfigured(f"环境变量{name}应是不小于0的整数，现在是“{word}”。")
    return int(word)


def _positive(env: Mapping[str, str], name: str, default: int) -> int:
    number = _number(env, name, default)
    if not number:
        raise ImproperlyConfigured(f"环境变量{name}应是不小于1的整数，现在是“{env[name]}”。")
    return number


def _percent(env: Mapping[str, str], name: str, default: int) -> int:
    number = _number(env, name, default)
    if number > 100:
        raise ImproperlyConfigured(f"环境变量{name}应是0至100的整数，现在是“{number}”。")
    return number


def _link(env: Mapping[str, str], name: str) -> str:
    word = env.get(name, "")
    if word and not word.startswith(("https://", "http://", "/")):
        raise ImproperlyConfigured(f"环境变量{name}应是网址，以https://、http://或/开头，现在是“{word}”。")
    return word


def _choice(env: Mapping[str, str], name: str, default: str, allowed: set[str]) -> str:
    word = env.get(name, default)
    if word not in allowed:
        raise ImproperlyConfigured(f"环境变量{name}只能是{'、'.join(sorted(allowed))}之一，现在是“{word}”。")
    return word


def _words(env: Mapping[str, str], name: str, default: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in env.get(name, default).split(",") if word.strip())


def _networks(env: Mapping[str, str], name: str, default: str) -> tuple[str, ...]:
    words = _words(env, name, default)
    for word in words:
        try:
            ipaddress.ip_network(word)
        except ValueError as error:
            raise ImproperlyConfigured(f"环境变量{name}应是IP地址或网段，“{word}”不是。") from error
    return words
