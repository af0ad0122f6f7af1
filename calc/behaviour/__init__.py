"""What a plan makes a rep do: effort chosen step by step for the money that is left to earn.

The model counts sales in today's mean result and money in target incentives. It knows effort, ability and luck. It does
not know pride, fairness, learning, prices, returns, customers, or people who leave.
"""
