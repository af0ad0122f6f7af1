"""The compose file and the Kubernetes manifest: held by the schemas of those who read them, and by the image."""

import json
import re
from pathlib import Path
from typing import Any

import compose_spec
import kubernetes_validate
import pytest
import yaml

from tests.conftest import ROOT

COMPOSE = (ROOT / "docs" / "compose.yaml").read_text(encoding="utf-8")
MANIFESTS = [*yaml.safe_load_all((ROOT / "docs" / "kubernetes.yaml").read_text(encoding="utf-8"))]
NGINX = (ROOT / "docs" / "nginx.conf").read_text(encoding="utf-8")
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")


def named(kind: str) -> dict[str, Any]:
    """The one manifest of a kind."""
    (found,) = [one for one in MANIFESTS if one["kind"] == kind]
    manifest: dict[str, Any] = found
    return manifest


def container() -> dict[str, Any]:
    (found,) = named("Deployment")["spec"]["template"]["spec"]["containers"]
    one: dict[str, Any] = found
    return one


@pytest.mark.parametrize("manifest", MANIFESTS, ids=lambda one: one["kind"])
def test_a_manifest_is_what_kubernetes_reads(manifest: dict[str, Any]) -> None:
    version = kubernetes_validate.latest_version()
    kubernetes_validate.validate(manifest, version, strict=True)
    wrong = {**manifest, "spec": {**manifest["spec"], "replicaas": 2}}
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(wrong, version, strict=True)


def test_a_copy_on_kubernetes_is_the_image_as_it_is() -> None:
    pod = named("Deployment")["spec"]["template"]["spec"]
    (user,) = re.findall(r"^USER (\d+)$", DOCKERFILE, re.MULTILINE)
    (port,) = re.findall(r"^EXPOSE (\d+)$", DOCKERFILE, re.MULTILINE)
    assert pod["securityContext"]["runAsUser"] == int(user)
    assert container()["ports"] == [{"name": "http", "containerPort": int(port)}]
    assert container()["securityContext"]["readOnlyRootFilesystem"]
    probes = [container()[f"{probe}Probe"]["httpGet"]["path"] for probe in ("startup", "readiness", "liveness")]
    assert {*probes} == {"/_stcore/health"}


def test_a_copy_that_is_told_to_stop_first_gets_no_new_pages() -> None:
    spec = named("Deployment")["spec"]
    pause = int(container()["lifecycle"]["preStop"]["exec"]["command"][1])
    ready = container()["readinessProbe"]
    unready = ready["periodSeconds"] * ready["failureThreshold"]
    assert unready < pause < spec["template"]["spec"]["terminationGracePeriodSeconds"]
    assert spec["strategy"]["rollingUpdate"] == {"maxUnavailable": 0, "maxSurge": 1}
    labels = spec["template"]["metadata"]["labels"]
    assert spec["selector"]["matchLabels"] == labels == named("Service")["spec"]["selector"]


def read_compose(text: str) -> list[str]:
    """The services of a compose file, whose merged parts are put in their places first, as compose does."""
    names: list[str] = compose_spec.PyCompose.from_json(json.dumps(yaml.safe_load(text))).service_names()
    return names


def test_the_compose_file_is_what_compose_reads() -> None:
    assert {*read_compose(COMPOSE)} == {"door", "page-1", "page-2"}
    with pytest.raises(ValueError, match="replicaas"):
        read_compose(COMPOSE.replace("    restart: unless-stopped\n    health", "    replicaas: 2\n    health"))


def test_the_copies_of_compose_stand_where_nginx_looks_for_them() -> None:
    services = yaml.safe_load(COMPOSE)["services"]
    pages = [one for name, one in services.items() if name.startswith("page")]
    told = [one["environment"] for one in pages]
    where = {f"{one['STREAMLIT_SERVER_ADDRESS']}:{one['STREAMLIT_SERVER_PORT']}" for one in told}
    assert where == {*re.findall(r"^\s+server ([\d.:]+);", NGINX, re.MULTILINE)}
    assert len({one["STREAMLIT_SERVER_COOKIE_SECRET"] for one in told}) == 1
    assert all(one["read_only"] and one["network_mode"] == "service:door" for one in pages)
    for place in services["door"]["volumes"]:
        assert (ROOT / "docs" / Path(place.partition(":")[0])).is_file()
