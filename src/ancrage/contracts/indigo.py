"""A contract as the INDIGO data standard writes a project (schema « project », version 3)."""

from decimal import Decimal
from typing import Any

from ancrage.contracts.impact import ImpactContract
from ancrage.contracts.simulating import Simulation

CURRENCY = "EUR"
OPEN = {"status": "PUBLIC"}


def project(simulation: Simulation) -> dict[str, Any]:
    """The project. What the contract does not say is left out, as the standard asks."""
    contract = simulation.contract
    return {
        "name": {"value": contract.name},
        "stage_development": {"value": "Complete" if _closed(contract) else "Contracted"},
        "dates": _dates(contract),
        "overall_project_finance": _finance(contract),
        "investment_details": {
            "internal_rate_of_return": {"target": {"value": _rate(contract)}},
            "notes": "Taux actuariel visé, au plus ; simulation par Ancrage.",
        },
        "service_and_beneficiaries": {
            "targeted_number_service_users_or_beneficiaries_total": {
                "value": float(contract.indicator.target)
            },
            "unit_description_of_service_user_or_beneficiaries": {"value": contract.indicator.unit},
        },
        "investments": [
            {
                "id": "investment1",
                "investment_commitment": {
                    "currency": {"value": CURRENCY},
                    "amount": {"exact": {"value": float(contract.principal)}},
                },
                **OPEN,
            }
        ],
        "outcome_metrics": [
            {
                "id": "metric1",
                "definition": {"value": contract.indicator.name},
                "outcome_metric_target": {"value": _text(contract.indicator.target)},
                **OPEN,
            }
        ],
        "outcome_pricings": [
            {
                "outcome_metric_id": {"value": "metric1"},
                "currency": {"value": CURRENCY},
                "maximum_price_if_all_targets_achieved": {"amount": {"value": _text(contract.cap)}},
                "price_description": {"value": _described(contract)},
                **OPEN,
            }
        ],
        "outcome_payments": [
            {
                "outcome_metric_id": {"value": "metric1"},
                "period": {"end_date": {"value": on.isoformat()}},
                "type": {"value": "Planned"},
                "money": {"currency": {"value": CURRENCY}, "amount": {"value": float(amount)}},
            }
            for on, amount in contract.payments(contract.cap)
        ],
        "results": [
            {
                "outcome_metric_id": {"value": "metric1"},
                "period": {"end_date": {"value": one.on.isoformat()}},
                "outcomes_achieved": {"value": float(one.result)},
                **OPEN,
            }
            for one in contract.findings
        ],
    }


def _closed(contract: ImpactContract) -> bool:
    last = max(one.on for one in contract.dues)
    return any(one.on >= last for one in contract.findings)


def _dates(contract: ImpactContract) -> dict[str, Any]:
    signed = (
        {}
        if contract.signed_on is None
        else {"outcomes_contract_signed": {"value": contract.signed_on.isoformat()}}
    )
    last = max(one.on for one in contract.dues)
    return {**signed, "anticipated_completion_date": {"value": last.isoformat()}}


def _finance(contract: ImpactContract) -> dict[str, Any]:
    return {
        "total_investment_commitment": {
            "currency": {"value": CURRENCY},
            "amount": {"exact": {"value": float(contract.principal)}},
        },
        "maximum_potential_outcome_payment_v2": {
            "currency": {"value": CURRENCY},
            "amount": {"value": float(contract.cap)},
        },
        "maximum_potential_loss": {"value": _text(_loss(contract))},
        "maximum_potential_return_type": {"value": "IRR"},
        "maximum_potential_return": {"value": _rate(contract)},
    }


def _loss(contract: ImpactContract) -> Decimal:
    """Per cent of the principal that investors may lose."""
    lost = max(Decimal(0), contract.principal - contract.paid(Decimal(0)))
    return (100 * lost / contract.principal).quantize(Decimal("0.01")) if contract.principal else Decimal(0)


def _rate(contract: ImpactContract) -> str | None:
    return None if contract.rate is None else _text(contract.rate * 100)


def _text(value: Decimal) -> str:
    """A number where the schema wants a text."""
    return f"{value.normalize():f}"


def _described(contract: ImpactContract) -> str:
    return " ; ".join(f"{one.result} : {one.share * 100} %" for one in contract.steps)
