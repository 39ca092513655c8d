"""Figures as rows, for questions over many reports."""

from django.db import models

from gongkai.report import State

from .report import AnnualReport


class ReportFigure(models.Model):
    """One figure of a report. `value` is null unless the state is number or zero; amounts are in 万元."""

    report = models.ForeignKey(AnnualReport, models.CASCADE, related_name="figures")
    address = models.CharField("位置", max_length=100)
    state = models.CharField("状态", max_length=16, choices=[(state.value, state.value) for state in State])
    value = models.DecimalField("数值", max_digits=24, decimal_places=6, null=True)

    class Meta:
        verbose_name = "报告数字"
        constraints = (models.UniqueConstraint(fields=["report", "address"], name="figure_once"),)
        indexes = (models.Index(fields=["address", "value"], name="figure_by_address"),)

    def __str__(self) -> str:
        return self.address
