from gongkai.law.calendar import Calendar, calendar
from gongkai.law.due import Deadline, State, due, due_date
from gongkai.law.events import Event, Kind
from gongkai.law.rules import rules
